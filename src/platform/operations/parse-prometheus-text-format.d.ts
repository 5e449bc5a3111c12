declare module 'parse-prometheus-text-format' {
  /** Families of a Prometheus text; throws for what is none. */
  export default function parse(text: string): unknown;
}
