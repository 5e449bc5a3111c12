import { z } from 'zod';

/** How a backup stands. */
export const stateOf = z.enum(['running', 'done', 'failed']);
