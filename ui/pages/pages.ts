/** What every page of the workbench loads. */
import { setUpHtmx } from "./htmx.ts";

setUpHtmx();
