export { allotIdentities, namesNoMore, personsOf, rememberedNumbers } from './identities.ts';
export { keyOf } from './keys.ts';
export { linkIdentities } from './linking.ts';
export { personLabels } from './labels.ts';
export { removeSource } from './sources.ts';
export { removeTraits, setTraits } from './claims.ts';
export type { IdentityKey, LinkClaim, PeopleHouse, PersonLabel, SeenKey, TraitsClaim } from './shapes.ts';
