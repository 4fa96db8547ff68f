# SPDX-License-Identifier: MIT-0
# To switch it off: cmake -DOGRT=OFF, or OGRT_LD_OFF=1 in the environment of a single link.
#
#   include(Ogrt)
#   ogrt_stamp(app)        # a new stamp with the name and version of the project at each link of this target
# or, for every program and shared library that is defined later in this directory or below it:
#   ogrt_stamp_all()       # same as cmake -DOGRT_ALL=ON
option(OGRT "Link OGRT stamps into programs and shared libraries" ON)
option(OGRT_ALL "Stamp all targets" OFF)

if(OGRT)
  find_program(OGRT_STAMP_PROGRAM ogrt-stamp)
  if(NOT OGRT_STAMP_PROGRAM)
    message(WARNING "ogrt-stamp is not in PATH: nothing will be stamped")
  endif()
endif()

function(ogrt_stamp target)
  if(NOT OGRT OR NOT OGRT_STAMP_PROGRAM)
    return()
  endif()
  get_target_property(type ${target} TYPE)
  if(NOT type MATCHES "^(EXECUTABLE|SHARED_LIBRARY|MODULE_LIBRARY)$")
    message(FATAL_ERROR "ogrt_stamp(${target}): only programs and shared libraries can be stamped, not a ${type}")
  endif()
  # The target machine; a 32-bit build on x86_64 is i386.
  set(machine "${CMAKE_SYSTEM_PROCESSOR}")
  if(machine MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 4)
    set(machine i386)
  endif()
  set(package --name "${PROJECT_NAME}")
  if(PROJECT_VERSION)
    list(APPEND package --version "${PROJECT_VERSION}")
  endif()
  set(stamp "${CMAKE_CURRENT_BINARY_DIR}/${target}.ogrt-stamp.o")
  add_custom_command(TARGET ${target} PRE_LINK VERBATIM
    COMMAND "${OGRT_STAMP_PROGRAM}" ${package} --target "${machine}" -o "${stamp}")
  target_link_options(${target} PRIVATE "${stamp}")
endfunction()

function(ogrt_stamp_all)
  if(NOT OGRT OR NOT OGRT_STAMP_PROGRAM)
    return()
  endif()
  execute_process(COMMAND "${OGRT_STAMP_PROGRAM}" --linker-directory OUTPUT_VARIABLE directory OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE failed)
  if(failed)
    message(WARNING "ogrt-ld is not built: nothing will be stamped")
  else()
    set_property(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" APPEND PROPERTY LINK_OPTIONS "-B${directory}")
  endif()
endfunction()

if(OGRT_ALL)
  ogrt_stamp_all()
endif()
