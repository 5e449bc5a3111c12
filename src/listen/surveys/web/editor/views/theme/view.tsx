import { Button, FileButton, TextInput } from '@mantine/core';
import { prepare } from '@touchstone/domain/survey';
import { useState } from 'react';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import { MOST_LOGO_LETTERS } from '../../../../vocabulary.ts';
import { AnswerFrame } from '../../../answering/frame.tsx';
import { BEGUN, shownOf } from '../../../answering/trial.ts';
import type { ViewProps } from '../../view.ts';
import { checksOf, isColour, isLogo, nearestGood } from './colours.ts';
import styles from './theme.module.css';

type Theme = ViewProps['settings']['theme'];

/** Colours to begin with; each passes. */
const PRESETS = [
  { key: 'teal', accent: '#0f766e', background: '#faf8f4' },
  { key: 'indigo', accent: '#4338ca', background: '#ffffff' },
  { key: 'plum', accent: '#86198f', background: '#fdf8fd' },
  { key: 'rust', accent: '#9a3412', background: '#fffaf5' },
  { key: 'night', accent: '#5eead4', background: '#10201f' },
] as const;

/** Roughly what a picture may weigh: a `data:` address takes four letters for three bytes. */
const MOST_LOGO_BYTES = Math.floor((MOST_LOGO_LETTERS - 100) * 0.75);

/** How the survey looks to those who answer it. */
export function View({ document, language, settings, changeSettings, mayWrite }: ViewProps) {
  const { t, format } = useWords();
  const [draft, setDraft] = useState<Theme>();
  const [problem, setProblem] = useState<string>();
  const theme = draft ?? settings.theme;
  const set = (next: Partial<Theme>): void => {
    setProblem(undefined);
    setDraft({ ...theme, ...next });
  };
  const known = isColour(theme.accent) && isColour(theme.background);
  const colours = known ? theme : settings.theme;
  const logo = theme.logo !== null && isLogo(theme.logo) ? theme.logo : null;
  const isGood = known && logo === theme.logo && (theme.logo?.length ?? 0) <= MOST_LOGO_LETTERS;
  const shown = shownOf(
    {
      survey: prepare(document),
      context: { language, seed: 'look' },
      theme: { accent: colours.accent, background: colours.background, logo },
      anonymous: false,
    },
    BEGUN,
  );
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    if (file.size > MOST_LOGO_BYTES) {
      setProblem(t('surveys.look.logo.large', { most: format.bytes(MOST_LOGO_BYTES) }));
      return;
    }
    const address = await dataAddress(file);
    if (isLogo(address)) set({ logo: address });
    else setProblem(t('surveys.look.logo.odd'));
  };
  return (
    <div className={styles['sides']}>
      <Card title={t('surveys.look.title')} note={t('surveys.look.note')}>
        <div className={styles['form']}>
          <fieldset className={styles['presets']} disabled={!mayWrite}>
            <legend>{t('surveys.look.presets')}</legend>
            {PRESETS.map(({ key, accent, background }) => (
              <button
                key={key}
                type="button"
                className={styles['preset']}
                aria-pressed={theme.accent === accent && theme.background === background}
                onClick={() => set({ accent, background })}
              >
                <span className={styles['swatch']} style={{ background, borderColor: accent }}>
                  <span style={{ background: accent }} />
                </span>
                {t(`surveys.look.preset.${key}`)}
              </button>
            ))}
          </fieldset>
          <Colour
            label={t('surveys.look.accent')}
            value={theme.accent}
            onValue={(accent) => set({ accent })}
            mayWrite={mayWrite}
          />
          <Colour
            label={t('surveys.look.background')}
            value={theme.background}
            onValue={(background) => set({ background })}
            mayWrite={mayWrite}
          />
          <Contrast colours={colours} mayWrite={mayWrite} onColours={set} />
          <div>
            <TextInput
              label={t('surveys.look.logo')}
              description={t('surveys.look.logo.note')}
              placeholder="https://"
              dir="ltr"
              disabled={!mayWrite}
              value={
                theme.logo === null ? '' : theme.logo.startsWith('data:') ? t('surveys.look.logo.own') : theme.logo
              }
              readOnly={theme.logo?.startsWith('data:') === true}
              error={problem ?? (theme.logo !== null && logo === null ? t('surveys.look.logo.odd') : undefined)}
              onChange={({ currentTarget: { value } }) => set({ logo: value.trim() === '' ? null : value.trim() })}
            />
            {mayWrite ? (
              <div className={styles['acts']}>
                <FileButton
                  onChange={(file) => void take(file)}
                  accept="image/png,image/jpeg,image/webp,image/gif,image/svg+xml"
                >
                  {(button) => (
                    <Button size="compact-sm" variant="default" {...button}>
                      {t('surveys.look.logo.choose')}
                    </Button>
                  )}
                </FileButton>
                {theme.logo === null ? null : (
                  <Button size="compact-sm" variant="subtle" onClick={() => set({ logo: null })}>
                    {t('surveys.look.logo.remove')}
                  </Button>
                )}
              </div>
            ) : null}
          </div>
          {!mayWrite ? null : (
            <div className={styles['acts']}>
              <Button
                disabled={draft === undefined || !isGood}
                onClick={() => {
                  changeSettings({ ...settings, theme });
                  setDraft(undefined);
                }}
              >
                {t('surveys.look.save')}
              </Button>
              {draft === undefined ? null : (
                <Button variant="subtle" onClick={() => setDraft(undefined)}>
                  {t('surveys.look.back')}
                </Button>
              )}
            </div>
          )}
          <p className={styles['soft']}>{t('surveys.look.atOnce')}</p>
        </div>
      </Card>
      <AnswerFrame title={t('surveys.look.preview')} html={shown.html} />
    </div>
  );
}

function Colour(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly mayWrite: boolean;
}) {
  const { label, value, onValue, mayWrite } = props;
  const { t } = useWords();
  return (
    <div className={styles['colour']}>
      <TextInput
        label={label}
        dir="ltr"
        disabled={!mayWrite}
        value={value}
        maxLength={7}
        error={isColour(value) ? undefined : t('surveys.look.odd')}
        onChange={({ currentTarget }) => onValue(currentTarget.value.trim().toLowerCase())}
      />
      <input
        type="color"
        aria-label={t('surveys.look.pick', { what: label })}
        disabled={!mayWrite}
        value={isColour(value) ? value : '#000000'}
        onChange={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  );
}

/** What can be read and what cannot, in words, and colours close by with which all can. */
function Contrast(props: {
  readonly colours: Theme;
  readonly mayWrite: boolean;
  readonly onColours: (colours: { accent: string; background: string }) => void;
}) {
  const { t, format } = useWords();
  const checks = checksOf(props.colours);
  const offered = checks.every(({ passes }) => passes) ? undefined : nearestGood(props.colours);
  return (
    <div className={styles['contrast']} role="status">
      <ul>
        {checks.map(({ what, ratio, needed, passes }) => (
          <li key={what} data-passes={passes ? '' : undefined}>
            {t(`surveys.look.check.${what}`)}{' '}
            {t(passes ? 'surveys.look.passes' : 'surveys.look.fails', {
              ratio: format.number(Math.floor(ratio * 10) / 10, 1),
              needed: format.number(needed, 1),
            })}
          </li>
        ))}
      </ul>
      {offered === undefined || !props.mayWrite ? null : (
        <Button size="compact-sm" variant="default" onClick={() => props.onColours(offered)}>
          <span className={styles['swatch']} style={{ background: offered.background, borderColor: offered.accent }}>
            <span style={{ background: offered.accent }} />
          </span>
          {t('surveys.look.nearest')}
        </Button>
      )}
    </div>
  );
}

function dataAddress(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('not read')));
    reader.readAsDataURL(file);
  });
}
