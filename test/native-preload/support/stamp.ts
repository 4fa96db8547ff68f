/** Assembly source of a stamp, handwritten from the specification; other tests cover the output of ogrt-stamp. */
export const stampSource = (uuid: string): string => `
        .section .note.ogrt.info,"a",%note
        .p2align 2
        .long 5, 38, 0x4f475254
        .asciz "OGRT"
        .p2align 2
        .byte 1
        .asciz "${uuid}"
        .p2align 2
        .section .note.GNU-stack,"",%progbits
`;
