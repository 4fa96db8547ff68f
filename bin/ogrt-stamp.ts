#!/usr/bin/env node
import { run } from "./stamp/tool.js";

await run("ogrt-stamp");
