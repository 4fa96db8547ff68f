	.section .note.package,"a",%note
	.p2align 2
	.4byte 4
	.4byte @SIZE@
	.4byte 0xcafe1a7e
	.asciz "FDO"
@BYTES@
	.p2align 2
