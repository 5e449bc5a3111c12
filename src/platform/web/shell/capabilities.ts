import { createContext, useContext } from 'react';
import type { ListedCapability } from '../client/capability.ts';

/** The list of src/web-capabilities.ts, as the shell sees it. */
export const CapabilitiesContext = createContext<readonly ListedCapability[]>([]);

export function useCapabilities(): readonly ListedCapability[] {
  return useContext(CapabilitiesContext);
}
