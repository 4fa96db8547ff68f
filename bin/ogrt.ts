#!/usr/bin/env node
import { run } from "./ogrt/tool.js";

await run("ogrt");
