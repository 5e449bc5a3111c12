/** A write key stands in a page's source: public. A secret key opens the API: shown once. */
export const WRITE_KEY_PREFIX = 'tsw_';
export const SECRET_KEY_PREFIX = 'tss_';

export const MIN_PASSWORD = 10;
export const MAX_PASSWORD = 128;
