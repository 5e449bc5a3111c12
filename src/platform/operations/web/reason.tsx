import { Text } from '@mantine/core';

/** Why something failed, as the server says it: in English, under the name of what failed. */
export function Reason({ text }: { readonly text: string }) {
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      <bdi dir="ltr" lang="en">
        {text}
      </bdi>
    </Text>
  );
}
