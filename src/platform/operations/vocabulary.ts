/** In the data directory while a server runs: what a program that may read the directory shows to be let in. */
export const TOKEN_FILE = 'operations-token';

/** Where the doctor asks a running server. */
export const CHECKUP_PATH = '/internal/checkup';
