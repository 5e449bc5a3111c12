import { useRouter } from '@tanstack/react-router';
import { useReader } from '../client/session.tsx';

/** Works in another workspace from now on, from its first page on: what this one shows and is filtered by need not be there. */
export function useOtherWorkspace(): (id: string) => void {
  const { choose } = useReader();
  const { history } = useRouter();
  return (id) => {
    history.push('/');
    choose(id);
  };
}
