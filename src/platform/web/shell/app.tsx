import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Suspense, useMemo, useState } from 'react';
import { ProblemError } from '../client/problem.ts';
import { ReaderProvider } from '../client/session.tsx';
import type { ListedCapability } from '../client/capability.ts';
import { LanguageProvider, firstLanguage, rememberLanguage } from '../ui/i18n/language.tsx';
import { directionOf, type Language } from '@touchstone/domain/languages';
import { cssVariables, theme } from '../ui/theme/theme.ts';
import { CapabilitiesContext } from './capabilities.ts';
import { styleNonce } from './nonce.ts';
import { makeRouter } from './router.tsx';

function makeClient(): QueryClient {
  return new QueryClient({
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
}

export function App({ capabilities }: { readonly capabilities: readonly ListedCapability[] }) {
  const [language, setLanguage] = useState<Language>(() => {
    const first = firstLanguage();
    rememberLanguage(first);
    return first;
  });
  const [client] = useState(makeClient);
  const router = useMemo(() => makeRouter(capabilities), [capabilities]);
  const choose = (next: Language): void => {
    rememberLanguage(next);
    setLanguage(next);
  };
  return (
    <CapabilitiesContext value={capabilities}>
      <DirectionProvider key={language} initialDirection={directionOf(language)} detectDirection={false}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          getStyleNonce={styleNonce}
        >
          <QueryClientProvider client={client}>
            <Suspense>
              <LanguageProvider language={language} onChoose={choose}>
                <ReaderProvider>
                  <RouterProvider router={router} />
                </ReaderProvider>
              </LanguageProvider>
            </Suspense>
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </CapabilitiesContext>
  );
}
