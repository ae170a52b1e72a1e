/** Builds the page's objects and draws it. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AlarmFeed } from "./alarms/feed";
import "./app/app.css";
import { App } from "./app/App";
import { followAddress } from "./app/route";
import { ServicesContext } from "./app/services";
import { followTheme } from "./app/theme";
import { Session } from "./session/session";
import { wallClock } from "./state/clock";
import { SystemsWatch } from "./systems/watch";
import { httpEndpoint, socketEndpoint } from "./transport/endpoint";
import { Gateway } from "./transport/gateway";
import { postTo } from "./transport/post";

const post = postTo(httpEndpoint());
const session = new Session(post, wallClock);
const gateway = new Gateway(session, post, socketEndpoint());
const services = {
  session,
  gateway,
  alarms: new AlarmFeed(gateway, wallClock),
  systems: new SystemsWatch(gateway, wallClock),
};

followTheme();
followAddress();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    </StrictMode>,
  );
}
