import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Outcome, Task, Watcher } from '../kernel/watch.ts';
import { shapeOf } from './slow.ts';

export interface Tracing {
  readonly watcher: Watcher;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

const KINDS: Readonly<Record<Task['kind'], SpanKind>> = {
  request: SpanKind.SERVER,
  job: SpanKind.CONSUMER,
  drain: SpanKind.INTERNAL,
};

/** Asked every few seconds by machines that watch. */
const UNTRACED = /^(own )?\/(healthz|readyz|metrics|internal\/)/;

const nameOf = ({ kind, name }: Task): string => (kind === 'drain' ? `drain ${name}` : name);

/** The moment of a `performance.now()`, in ms since 1970. */
const moment = (ms: number): number => performance.timeOrigin + ms;

const propagator = new W3CTraceContextPropagator();
const getter = {
  keys: (carrier: Readonly<Record<string, string>>) => Object.keys(carrier),
  get: (carrier: Readonly<Record<string, string>>, key: string) => carrier[key],
};

/**
 * Sends a span for each request, job and turn of the drain, and one for each of their statements, to an OTLP receiver over
 * HTTP. What OpenTelemetry's own OTEL_ variables say of headers and sampling holds too.
 * @param endpoint `http://127.0.0.1:4318`; the path `/v1/traces` is added
 */
export function openTracing(endpoint: string): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'touchstone' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('touchstone');
  const spans = new WeakMap<Task, Span>();

  function contextIn(task: Task | undefined): Context | undefined {
    const span = task === undefined ? undefined : spans.get(task);
    return span === undefined ? undefined : trace.setSpan(ROOT_CONTEXT, span);
  }

  function begin(task: Task, within: Task | undefined, startTime?: number): Span {
    const { traceparent } = task;
    const parent =
      contextIn(within) ??
      (traceparent === undefined ? ROOT_CONTEXT : propagator.extract(ROOT_CONTEXT, { traceparent }, getter));
    const span = tracer.startSpan(
      nameOf(task),
      { kind: KINDS[task.kind], ...(startTime === undefined ? {} : { startTime }) },
      parent,
    );
    spans.set(task, span);
    return span;
  }

  function end(task: Task, { startedMs, ms, failed, status, rows }: Outcome): void {
    if (UNTRACED.test(task.name)) return;
    const span = spans.get(task) ?? begin(task, undefined, moment(startedMs));
    span.updateName(nameOf(task));
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (rows !== undefined) span.setAttribute('touchstone.rows', rows);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(moment(startedMs + ms));
  }

  return {
    watcher: {
      begun: (task, within) => void begin(task, within),
      ended: end,
      statement: ({ task, store, text, startedMs, ms, rows, failed }) => {
        const within = contextIn(task);
        if (within === undefined) return;
        const attributes = {
          'db.system.name': store === 'records' ? 'postgresql' : 'clickhouse',
          ...(rows === null ? {} : { 'touchstone.rows': rows }),
        };
        const startTime = moment(startedMs);
        const span = tracer.startSpan(shapeOf(text), { kind: SpanKind.CLIENT, startTime, attributes }, within);
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end(moment(startedMs + ms));
      },
    },
    close: () => provider.shutdown(),
  };
}
