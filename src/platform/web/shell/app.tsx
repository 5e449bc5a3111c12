import { DirectionContext, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { startTransition, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { ProblemError } from '../client/problem.ts';
import { askSession, ReaderProvider } from '../client/session.tsx';
import type { ListedCapability } from '../client/capability.ts';
import { firstLanguage, hearLanguage, rememberLanguage } from '../ui/i18n/books.ts';
import { LanguageProvider, firstWays, rememberWays } from '../ui/i18n/language.tsx';
import type { Ways } from '../ui/i18n/ways.ts';
import { directionOf, type Language } from '@touchstone/domain/languages';
import { cssVariables, theme } from '../ui/theme/theme.ts';
import { CapabilitiesContext } from './capabilities.ts';
import { styleNonce } from './nonce.ts';
import { makeRouter } from './router.tsx';
import { KeptPreferences } from './use-preferences.ts';

function makeClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // A browser that thinks it is offline still reaches a server on its own machine; and one that does not is told.
        networkMode: 'always',
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // A refusal does not change by asking again; a server that is away may come back.
        retry: (count, error) =>
          count < 2 && error instanceof ProblemError && (error.status === 0 || error.status === 503),
      },
      mutations: { networkMode: 'always' },
    },
  });
  askSession(client);
  return client;
}

/** Nobody but the reader's language turns the page. */
const turn = (): void => undefined;

export function App({ capabilities }: { readonly capabilities: readonly ListedCapability[] }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [ways, setWays] = useState<Ways>(firstWays);
  const [client] = useState(makeClient);
  const router = useMemo(() => makeRouter(capabilities), [capabilities]);
  // The page stays as it is, with all that was typed into it, until the words are there.
  const turnTo = useCallback((next: Language): void => startTransition(() => setLanguage(next)), []);
  useEffect(() => hearLanguage(turnTo), [turnTo]);
  const choose = useCallback(
    (next: Language): void => {
      rememberLanguage(next);
      turnTo(next);
    },
    [turnTo],
  );
  const chooseWays = useCallback((next: Ways): void => {
    rememberWays(next);
    setWays(next);
  }, []);
  const direction = useMemo(
    () => ({ dir: directionOf(language), toggleDirection: turn, setDirection: turn }),
    [language],
  );
  return (
    <CapabilitiesContext value={capabilities}>
      <DirectionContext value={direction}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          getStyleNonce={styleNonce}
        >
          <QueryClientProvider client={client}>
            <Suspense>
              <LanguageProvider language={language} onChoose={choose} ways={ways} onWays={chooseWays}>
                <ReaderProvider>
                  <KeptPreferences />
                  <RouterProvider router={router} />
                </ReaderProvider>
              </LanguageProvider>
            </Suspense>
          </QueryClientProvider>
        </MantineProvider>
      </DirectionContext>
    </CapabilitiesContext>
  );
}
