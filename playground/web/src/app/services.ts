/** The objects that the pages share, built once in main.tsx. */
import { createContext, useContext } from "react";
import type { AlarmFeed } from "../alarms/feed";
import type { Session } from "../session/session";
import type { SystemsWatch } from "../systems/watch";
import type { Gateway } from "../transport/gateway";

export interface Services {
  readonly session: Session;
  readonly gateway: Gateway;
  readonly alarms: AlarmFeed;
  readonly systems: SystemsWatch;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("The page is rendered outside of its services.");
  return services;
}
