import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { encode } from 'uqr';
import { api, useReader, useRefresh, useWrite } from '../../web/client/index.ts';
import { Card, ErrorNote, useWords } from '../../web/ui/index.ts';
import type { AccountView } from '../contract.ts';
import { CodeField, SecretField, otherThan } from './fields.tsx';

const FIELDS = ['password', 'code'];

/** Off: password, then the app, then a first code. On: fresh recovery codes, or off again. */
export function SecondFactor({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const [shown, setShown] = useState<readonly string[]>([]);
  const { on, recoveryCodesLeft } = account.twoFactor;
  return (
    <Card
      title={t('accounts.factor.title')}
      note={on ? t('accounts.factor.on', { count: recoveryCodesLeft }) : t('accounts.factor.off')}
    >
      <Stack gap={16}>
        {shown.length === 0 ? null : <RecoveryCodes codes={shown} />}
        {on ? <Change onCodes={setShown} /> : account.hasPassword ? <Begin onCodes={setShown} /> : null}
      </Stack>
    </Card>
  );
}

interface CodesProps {
  readonly onCodes: (codes: readonly string[]) => void;
}

function Begin({ onCodes }: CodesProps) {
  const { t } = useWords();
  const { refresh } = useReader();
  const reload = useRefresh();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useWrite(api.accounts.beginTwoFactor);
  const confirm = useWrite(api.accounts.confirmTwoFactor, {
    onDone: ({ recoveryCodes }) => {
      onCodes(recoveryCodes);
      // What a workspace asks for may be there now.
      void reload('accounts').then(() => refresh());
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (begin.data === undefined) begin.mutate({ password });
    else confirm.mutate({ code });
  };
  const error = begin.error ?? confirm.error;
  return (
    <form onSubmit={send}>
      <Stack gap={16}>
        {begin.data === undefined ? (
          <SecretField
            fresh={false}
            label={t('accounts.factor.password')}
            value={password}
            onChange={setPassword}
            problem={error}
            field="password"
          />
        ) : (
          <>
            <p>{t('accounts.factor.scan')}</p>
            <QrCode text={begin.data.uri} label={t('accounts.factor.qr')} />
            <p>
              {t('accounts.factor.type')} <code dir="ltr">{begin.data.secret}</code>
            </p>
            <CodeField label={t('accounts.factor.code')} value={code} onChange={setCode} problem={error} field="code" />
          </>
        )}
        <ErrorNote error={otherThan(error, FIELDS)} />
        <Button type="submit" loading={begin.isPending || confirm.isPending}>
          {t(begin.data === undefined ? 'accounts.factor.begin' : 'accounts.factor.confirm')}
        </Button>
      </Stack>
    </form>
  );
}

function Change({ onCodes }: CodesProps) {
  const { t } = useWords();
  const { refresh } = useReader();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const clear = (): void => {
    setPassword('');
    setCode('');
  };
  const renew = useWrite(api.accounts.renewRecoveryCodes, {
    refresh: ['accounts'],
    onDone: ({ recoveryCodes }) => {
      clear();
      onCodes(recoveryCodes);
    },
  });
  const remove = useWrite(api.accounts.removeTwoFactor, {
    refresh: ['accounts'],
    onDone: () => {
      onCodes([]);
      void refresh();
    },
  });
  const error = renew.error ?? remove.error;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    remove.reset();
    renew.mutate({ password, code });
  };
  return (
    <form onSubmit={send}>
      <Stack gap={16}>
        <SecretField
          fresh={false}
          label={t('accounts.factor.password')}
          value={password}
          onChange={setPassword}
          problem={error}
          field="password"
        />
        <CodeField label={t('accounts.factor.anyCode')} value={code} onChange={setCode} problem={error} field="code" />
        <ErrorNote error={otherThan(error, FIELDS)} />
        <Button type="submit" variant="default" loading={renew.isPending}>
          {t('accounts.factor.renew')}
        </Button>
        <Button
          variant="subtle"
          loading={remove.isPending}
          onClick={() => {
            renew.reset();
            remove.mutate({ password, code });
          }}
        >
          {t('accounts.factor.remove')}
        </Button>
      </Stack>
    </form>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useWords();
  return (
    <div role="status">
      <p>{t('accounts.factor.codes')}</p>
      <pre dir="ltr" tabIndex={0} aria-label={t('accounts.factor.codesLabel')}>
        {codes.join('\n')}
      </pre>
    </div>
  );
}

/** Dark on light whatever the colours of the page: cameras want it so. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={220}
      height={220}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
