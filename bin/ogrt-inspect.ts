#!/usr/bin/env node
import { run } from "./inspect/tool.js";

await run("ogrt-inspect");
