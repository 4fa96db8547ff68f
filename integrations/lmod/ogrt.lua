-- SPDX-License-Identifier: MIT-0
-- Lmod modulefile that tracks the programs of a session with OGRT. Copy it to modulefiles/ogrt/VERSION.lua.
--
-- To opt out: `module unload ogrt` or `module purge`. Uncomment the next line to keep it loaded after a purge.
-- add_property("lmod", "sticky")
whatis("Reports which programs and which builds run in a job")

local library = "/opt/ogrt/lib/libogrt.so"
local server = "udp://127.0.0.1:7971"

prepend_path("LD_PRELOAD", library)
pushenv("OGRT_SERVER", server)
pushenv("OGRT_ACTIVE", "1")
