#!/usr/bin/env node
import { run } from "./query/tool.js";

await run("ogrt-query");
