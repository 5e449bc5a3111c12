import { z } from 'zod';

/** A filter as it travels: the compact text (`order.state:SP,RJ;score<=2`) or a JSON tree. Empty is everything. */
export const filterText = z.string().max(20_000);
