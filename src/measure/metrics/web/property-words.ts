/** `order.payment_type` → `payment type`: how a property is called that nobody named. */
export function propertyWords(name: string): string {
  return (name.split('.').at(-1) ?? name)
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .trim()
    .toLocaleLowerCase('en');
}
