import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * Builds the collector's page: dist/web/index.html and dist/web/assets/NAME-HASH.EXT. A name contains the
 * hash of its content, so browsers may cache the file forever (lib/collector/http/page.ts).
 */
export async function buildPage(source: string, destination: string, plugins: Plugin[]): Promise<void> {
  const assets = join(destination, "assets");
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(source, "main.tsx"), join(source, "main.css")],
    tsconfig: join(source, "tsconfig.json"),
    outdir: assets,
    entryNames: "[name]-[hash]",
    bundle: true,
    // What a view imports when it needs it becomes a file of its own.
    splitting: true,
    chunkNames: "[name]-[hash]",
    minify: true,
    format: "esm",
    target: ["chrome111", "firefox114", "safari16.4"],
    // The WebSocket client for Node.js; browsers have their own.
    external: ["ws"],
    plugins,
    metafile: true,
    logLevel: "warning",
  });
  const hashed = new Map(
    Object.keys(metafile.outputs).map((path) => [basename(path).replace(/-[A-Z0-9]{8}(?=\.)/, ""), basename(path)]),
  );
  const icon = readFileSync(join(source, "icon.svg"));
  const iconName = `icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  writeFileSync(join(assets, iconName), icon);
  hashed.set("icon.svg", iconName);
  const page = readFileSync(join(source, "index.html"), "utf8").replace(/\/assets\/([\w.]+)/g, (_, name: string) => {
    const file = hashed.get(name);
    if (file === undefined) throw new Error(`index.html names ${name}, which the build did not produce`);
    return `/assets/${file}`;
  });
  writeFileSync(join(destination, "index.html"), page);
}
