import { Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, type ReactNode } from 'react';
import type { Access } from '../../kernel/contract.ts';
import { api } from '../client/api.ts';
import { useReader } from '../client/session.tsx';
import { useRead } from '../client/read.ts';
import { Redirect } from '../ui/go.tsx';
import { UsualContext, writeSearch } from '../ui/scope.tsx';
import { Shell } from './shell.tsx';
import { ForbiddenPage, UnreachablePage, WaitingPage } from './states.tsx';
import { useUsualPeriod } from './usual-period.ts';

interface FrameProps {
  readonly permission: Access;
  readonly children: ReactNode;
}

/** A page before or beside sign-in. It draws its own surroundings with `Threshold`. */
export function Bare({ permission, children }: FrameProps) {
  const reader = useReader();
  if (reader.state === 'loading') return <WaitingPage />;
  if (permission === 'session' && reader.state === 'nobody' && reader.user === undefined) return <ToSignIn />;
  return <Suspense fallback={<WaitingPage />}>{children}</Suspense>;
}

/** The shell around every page of a workspace, for its members. */
export function Guarded() {
  const reader = useReader();
  if (reader.state === 'loading') return <WaitingPage />;
  if (reader.state === 'unreachable') return <UnreachablePage />;
  if (reader.state === 'nobody') return <ToSignIn />;
  // The workspace asks for more before it lets in: the account's page says what.
  if (reader.workspace?.barred != null) return <Redirect to="/account" />;
  return <Inside key={reader.workspace?.id} />;
}

/** The shell, and the usual period for those pages that it holds for. */
function Inside() {
  return (
    <UsualContext value={useUsualPeriod()}>
      <Shell>
        <Outlet />
      </Shell>
    </UsualContext>
  );
}

/** A page in the shell, for those who may. */
export function Permitted({ permission, children }: FrameProps) {
  const { may } = useReader();
  return may(permission) ? <Suspense fallback={<WaitingPage />}>{children}</Suspense> : <ForbiddenPage />;
}

/** The first visit of all makes the owner; every other one signs in, and comes back to where it wanted to go. */
function ToSignIn() {
  const { href } = useLocation();
  const setup = useRead(['setup'], (signal) => api.workspaces.setup.status(undefined, { signal }));
  if (setup.isPending) return <WaitingPage />;
  if (setup.data?.open === true) return <Redirect to="/setup" />;
  return <Redirect to={`/sign-in${writeSearch(href === '/' ? {} : { next: href })}`} />;
}
