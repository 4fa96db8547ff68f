#!/usr/bin/env node
import { run } from "./run/tool.js";

await run("ogrt-run");
