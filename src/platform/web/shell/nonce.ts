/** Lets in the style elements that libraries make: the server put it into this page and into its policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export function styleNonce(): string {
  return nonce;
}

// Where the library that keeps the page from scrolling under a dialog looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce });
