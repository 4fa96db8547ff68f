# SPDX-License-Identifier: MIT-0
# To switch it off: `make OGRT=off`, or OGRT_LD_OFF=1 in the environment of a single link.
#
# Stamps every program and shared library that a makefile links. In the makefile, after its own settings:
#   include ogrt.mk
# Makes the compiler find ogrt-ld as its linker. Link commands must use $(LDFLAGS), as the built-in rules of make do.
OGRT ?= on
ifneq ($(OGRT),off)
OGRT_LINKER := $(or $(OGRT_LINKER),$(shell ogrt-stamp --linker-directory))
ifeq ($(OGRT_LINKER),)
$(warning ogrt-stamp is not in PATH or has no ogrt-ld: nothing will be stamped)
else
override LDFLAGS += -B'$(OGRT_LINKER)'
endif
endif
