/** Who asks over HTTP in the benchmark of answers, in a process of its own: the same code for the desk and the echo. */
import http from 'node:http';
import { seededRandom } from '../src/kernel/random.ts';
import { makeQuestions } from './chat-questions.ts';
import { quantile } from './measure.ts';
import { answerQuestions, ownCpuMs } from './storage-process.ts';

/** `new`: no two alike for as long as there are phrases. `repeated`: as people ask, some questions far more often than others. */
export type Mix = 'new' | 'repeated';

export interface AnswerClientQuestions extends Record<string, { ask: unknown; answer: unknown }> {
  /** Each connection asks again as soon as the answer is there. */
  readonly closed: { ask: { url: string; connections: number; ms: number; mix: Mix }; answer: AnswerLoad };
}

export interface AnswerLoad {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the clients' process. */
  readonly cpuMs: number;
}

const questions = await makeQuestions();
const random = seededRandom(13);
let asked = 0;

/** By Zipf's law, which queries of search engines follow: the place of a question drawn is the logarithm's inverse. */
function nextQuestion(mix: Mix): string {
  const place = mix === 'new' ? asked++ : Math.floor(questions.length ** random()) - 1;
  return questions[place % questions.length]!;
}

function post(agent: http.Agent, url: URL, text: string): Promise<void> {
  const body = JSON.stringify({ text });
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        agent,
        host: url.hostname,
        port: url.port,
        method: 'POST',
        path: '/api/v1/answers',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)),
        );
        response.once('error', reject);
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

async function askClosed({
  url,
  connections,
  ms,
  mix,
}: AnswerClientQuestions['closed']['ask']): Promise<AnswerLoad> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const cpuBefore = ownCpuMs();
  const startedAt = performance.now();
  const one = async (): Promise<void> => {
    while (performance.now() - startedAt < ms) {
      const at = performance.now();
      await post(agent, new URL(url), nextQuestion(mix));
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return {
    perSecond: times.length / seconds,
    requests: times.length,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMs: ownCpuMs() - cpuBefore,
  };
}

answerQuestions({ closed: askClosed }, async () => undefined);
