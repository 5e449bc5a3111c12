declare module 'virtual:contract' {
  import type { AnyContractRouter } from '@orpc/contract';

  /** Method and path of every operation; no schemas. Made at build by scripts/lib/bundles.mjs. */
  const contract: AnyContractRouter;
  export default contract;
}
