import { Socket } from "node:net";

/*
 * A thread of a child process. It ends the process when the collector is gone, which closes the other end of the standard
 * input. The main thread cannot: it may be in the middle of a file, or wait for a file system that hangs.
 */

new Socket({ fd: 0, readable: true, writable: false })
  .on("error", () => {})
  .on("close", () => process.kill(process.pid, "SIGKILL"))
  .resume();
