import { render } from "preact";
import { followLinks } from "./base/router.js";
import { App } from "./shell/app.js";

followLinks();
render(<App />, document.body);
