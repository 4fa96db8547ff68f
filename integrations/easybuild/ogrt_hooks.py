# SPDX-License-Identifier: MIT-0
# To switch it off: OGRT_LD_OFF=1 in the environment of eb; for single packages, add their names to EXCEPT.
#
# Stamps every program and shared library that EasyBuild links:
#   eb --hooks=/path/to/ogrt_hooks.py …           or EASYBUILD_HOOKS=/path/to/ogrt_hooks.py
# Set OGRT_LINKER to the directory of ogrt-ld if ogrt-stamp is not in PATH. Set OGRT_LD_REGISTER to use a register.
import os
import subprocess

from easybuild.tools.build_log import print_warning
from easybuild.tools.environment import setvar

# Names of software that is not stamped.
EXCEPT = []


def linker_directory():
    """The directory with ogrt-ld under the names of linkers, or None."""
    directory = os.environ.get("OGRT_LINKER")
    if not directory:
        try:
            directory = subprocess.check_output(["ogrt-stamp", "--linker-directory"], universal_newlines=True).strip()
        except (OSError, subprocess.CalledProcessError) as error:
            print_warning("nothing will be stamped: ogrt-stamp: %s" % error)
            return None
    return directory


def post_prepare_hook(self, *args, **kwargs):
    """Runs after EasyBuild has set up the environment and before it configures or builds."""
    directory = None if self.name in EXCEPT else linker_directory()
    if directory is None:
        return
    # gcc searches COMPILER_PATH before PATH; clang and direct calls of ld search PATH.
    for variable in ("COMPILER_PATH", "PATH"):
        rest = [entry for entry in os.environ.get(variable, "").split(":") if entry not in ("", directory)]
        setvar(variable, ":".join([directory] + rest))
    setvar("OGRT_LD_NAME", self.name)
    setvar("OGRT_LD_VERSION", self.cfg.get_ref("version"))
