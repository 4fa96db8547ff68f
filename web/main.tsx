import { render } from "preact";
import { App } from "./shell/app.js";
import { followLinks } from "./shell/router.js";

followLinks();
render(<App />, document.body);
