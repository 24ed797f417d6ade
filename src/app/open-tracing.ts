/** Traces sent to a collector of OpenTelemetry (OTLP over HTTP). Loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set. */
import { type Span as OtelSpan, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { currentScope } from '../kernel/scope.ts';
import type { Tracing } from '../kernel/tracing.ts';

export interface OpenTracing extends Tracing {
  /** Sends what is waiting, for a few seconds at most. Never throws: a collector that is away holds nothing up. */
  readonly close: () => Promise<void>;
}

const SERVICE = 'vssid-support-desk';
/** A collector that does not answer is given up before the process has to end. */
const SEND_WITHIN_MS = 2_000;
const KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL, client: SpanKind.CLIENT } as const;

/** @param endpoint of the collector, such as http://127.0.0.1:4318, without /v1/traces */
export function openTracing(endpoint: string): OpenTracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: SEND_WITHIN_MS,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': SERVICE, 'process.pid': process.pid }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer(SERVICE);
  return {
    begin(name, kind, attributes) {
      const { span: parent, requestId, conversation } = currentScope() ?? {};
      const span = tracer.startSpan(
        name,
        { kind: KINDS[kind], attributes: { ...attributes, ...idsOf(requestId, conversation) } },
        parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent as OtelSpan),
      );
      return {
        handle: span,
        set: (more) => void span.setAttributes({ ...more }),
        end(failure) {
          if (failure !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
          span.end();
        },
      };
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function idsOf(requestId: string | undefined, conversation: string | undefined): Record<string, string> {
  return {
    ...(requestId === undefined ? {} : { 'request.id': requestId }),
    ...(conversation === undefined ? {} : { 'conversation.id': conversation }),
  };
}
