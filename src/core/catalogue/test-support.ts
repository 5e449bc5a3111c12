import type { TestWorkspace, World } from '../../../test/support/world.ts';
import { type Catalogue, type CatalogueBody, catalogue as catalogueShape } from './contract.ts';

export const PATH = '/api/v1/catalogue';

export async function readCatalogue(world: World, shop: TestWorkspace): Promise<Catalogue> {
  return catalogueShape.parse((await world.api(shop.secretKey).get(PATH)).body);
}

export function draftOf({ stages, channels, teams, touchpoints, rules }: Catalogue): CatalogueBody {
  return { stages, channels, teams, touchpoints, rules };
}
