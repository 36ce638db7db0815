import type * as Net from 'node:net';
import type * as Tls from 'node:tls';

export interface Connections {
  /** From now on, encrypted connections to these hosts of AWS lead to those ports on this machine. */
  serve(hosts: Readonly<Record<string, number>>): void;
  /** The connection from that port counts as work in flight, or no longer does. */
  keepAwake(localPort: number, isAwake: boolean): void;
}

export interface ConnectionModules {
  readonly net: typeof Net;
  readonly tls: typeof Tls;
  readonly syncBuiltinESMExports: () => void;
}

/**
 * Leads connections to hosts of AWS to the simulator, whatever client makes them, and finds connections by the port that
 * the simulator sees.
 *
 * Written into the bootstrap of a function's process as text: it refers to nothing but its parameter and globals.
 */
export function installConnections({ net, tls, syncBuiltinESMExports }: ConnectionModules): Connections {
  const ports = new Map<string, number>();
  const open = new Map<number, Net.Socket>();

  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: Net.Socket, ...values: unknown[]): Net.Socket {
    this.once('connect', () => {
      const localPort = this.localPort!;
      open.set(localPort, this);
      this.once('close', () => open.delete(localPort));
    });
    return Reflect.apply(connect, this, values);
  };

  const connectEncrypted = tls.connect;
  function connectToAws(...values: unknown[]): Net.Socket {
    // node:https and fetch give their options as one object.
    const options = values[0] as { readonly host?: string; readonly servername?: string };
    const port = ports.get(options?.host ?? options?.servername ?? '');
    if (port === undefined) return Reflect.apply(connectEncrypted, tls, values);
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
    socket.once('connect', () => socket.emit('secureConnect'));
    return Object.assign(socket, { authorized: true, encrypted: true, alpnProtocol: false });
  }
  Object.assign(tls, { connect: connectToAws });
  syncBuiltinESMExports();

  return {
    serve: (hosts) => {
      for (const [host, port] of Object.entries(hosts)) ports.set(host, port);
    },
    keepAwake: (localPort, isAwake) => {
      const socket = open.get(localPort);
      if (isAwake) {
        socket?.ref();
      } else {
        socket?.unref();
      }
    },
  };
}
