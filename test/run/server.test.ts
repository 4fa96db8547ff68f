import { describe, expect, it } from "vitest";
import { numericServer } from "../../lib/run/server.js";

describe("the server's URL", () => {
  it.each([
    ["udp://127.0.0.1:7971", "udp://127.0.0.1:7971"],
    ["udp://192.0.2.7", "udp://192.0.2.7:7971"],
    ["tcp://[::1]:80", "tcp://[::1]:80"],
    ["udp://[fe80::1%2]", "udp://[fe80::1%2]:7971"],
    ["unix:///run/ogrt.sock", "unix:///run/ogrt.sock"],
    ["udp://localhost:1", "udp://127.0.0.1:1"],
  ])("%s becomes %s for the library", async (given, expected) => {
    expect(await numericServer(given)).toBe(expected);
  });

  it.each([
    "",
    "localhost:7971",
    "http://localhost:7971",
    "udp://",
    "udp://127.0.0.1:0",
    "udp://127.0.0.1:65536",
    "udp://127.0.0.1:x",
    "udp://[127.0.0.1]:1",
    "udp://host/path",
    "udp://no-such-host.invalid",
    "unix://run/ogrt.sock",
    `unix:///${"x".repeat(107)}`,
  ])("%j is rejected with its value", async (given) => {
    await expect(numericServer(given)).rejects.toMatchObject({ code: "INVALID_SERVER", value: given });
  });
});
