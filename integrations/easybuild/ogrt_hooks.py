# SPDX-License-Identifier: MIT-0
# To switch it off: OGRT_LD_OFF=1 in the environment of eb, or the name of a software in EXCEPT.
#
# Stamps every program and shared library that EasyBuild links:
#   eb --hooks=/path/to/ogrt_hooks.py …           or EASYBUILD_HOOKS=/path/to/ogrt_hooks.py
# OGRT_LINKER names the directory of ogrt-ld when ogrt-stamp is not in PATH; OGRT_LD_REGISTER a register.
import os
import subprocess

from easybuild.tools.build_log import print_warning
from easybuild.tools.environment import setvar

# Software that is not to be stamped, by name.
EXCEPT = []


def linker_directory():
    """Directory with ogrt-ld under the linkers' names, or None."""
    directory = os.environ.get("OGRT_LINKER")
    if not directory:
        try:
            directory = subprocess.check_output(["ogrt-stamp", "--linker-directory"], universal_newlines=True).strip()
        except (OSError, subprocess.CalledProcessError) as error:
            print_warning("nothing will be stamped: ogrt-stamp: %s" % error)
            return None
    return directory


def post_prepare_hook(self, *args, **kwargs):
    """After the toolchain's environment is set up, before anything is configured or built."""
    directory = None if self.name in EXCEPT else linker_directory()
    if directory is None:
        return
    # gcc looks there before PATH; clang and direct calls of ld look in PATH.
    for variable in ("COMPILER_PATH", "PATH"):
        rest = [entry for entry in os.environ.get(variable, "").split(":") if entry not in ("", directory)]
        setvar(variable, ":".join([directory] + rest))
    setvar("OGRT_LD_NAME", self.name)
    setvar("OGRT_LD_VERSION", self.cfg.get_ref("version"))
