import { render } from "preact";
import { showPrintableText } from "./base/printable-nodes.js";
import { followLinks } from "./base/router.js";
import { App } from "./shell/app.js";

showPrintableText();
followLinks();
render(<App />, document.body);
