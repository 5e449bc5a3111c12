import { Text } from '@mantine/core';

/** Why something failed, as the server says it: in English, under the name of what failed. */
export function Reason({ text }: { readonly text: string }) {
  return (
    <Text size="sm" dir="ltr" lang="en" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}
