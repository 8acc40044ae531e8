import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

/** Slack's side of Socket Mode. */
export type Socket = {
  ticket(): string;
  isConnected(): boolean;
  /** Sends an envelope and waits for its acknowledgement; undefined when none comes in time. */
  deliver(type: string, payload: unknown, patienceMs: number): Promise<{ payload: unknown } | undefined>;
  close(): void;
};

const ackSchema = z.strictObject({ envelope_id: z.string(), payload: z.unknown() });

export function socketMode(server: Server, now: () => number): Socket {
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: unknown) => void>();
  const sockets = new WebSocketServer({ noServer: true });
  let connected: WebSocket | undefined;

  server.on('upgrade', (req, stream, head) => {
    const ticket = new URL(req.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    // A ticket opens one connection.
    if (!tickets.delete(ticket)) return stream.destroy();
    sockets.handleUpgrade(req, stream, head, (socket) => {
      connected = socket;
      socket.on('close', () => {
        if (connected === socket) connected = undefined;
      });
      socket.on('message', (data) => {
        const ack = ackSchema.parse(JSON.parse(data.toString()));
        waiting.get(ack.envelope_id)?.(ack.payload);
      });
      const debug_info = { host: 'applink-1', build_number: 1, approximate_connection_time: 18060 };
      socket.send(
        JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' }, debug_info }),
      );
    });
  });

  return {
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    isConnected: () => connected !== undefined,
    deliver(type, payload, patienceMs) {
      const socket = connected;
      if (!socket) throw new Error(`no socket is connected at ${now()}`);
      const envelope_id = randomUUID();
      const retry = type === 'events_api' ? { retry_attempt: 0, retry_reason: '' } : {};
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(undefined), patienceMs);
        waiting.set(envelope_id, (acked) => {
          clearTimeout(timer);
          resolve({ payload: acked });
        });
        socket.send(
          JSON.stringify({
            envelope_id,
            type,
            accepts_response_payload: type !== 'events_api',
            payload,
            ...retry,
          }),
        );
      });
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
