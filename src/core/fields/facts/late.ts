/** Whether an order was late, over a row of `v_orders`: null while delivery or promise is unknown. Parameter: `{zone:String}`. */
export function lateSql(alias?: string): string {
  const from = alias === undefined ? '' : `${alias}.`;
  return `(toDate(${from}delivered, {zone:String}) > ${from}promised)`;
}
