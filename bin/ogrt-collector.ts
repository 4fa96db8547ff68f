#!/usr/bin/env node
import { run } from "./collector/tool.js";

await run("ogrt-collector");
