import { jsonProtocol } from './json-protocol';
import { WireRequest } from './message';
import { Protocol } from './protocol';
import { queryProtocol } from './query-protocol';
import { restJsonProtocol } from './rest-json-protocol';
import { Service } from './service';

const PROTOCOLS: Readonly<Record<string, Protocol>> = { 'json': jsonProtocol, 'query': queryProtocol, 'rest-json': restJsonProtocol };

export function protocolOf(service: Service): Protocol {
  return PROTOCOLS[service.model.metadata.protocol];
}

/** For requests that name no service. */
export function guessProtocol(request: WireRequest): Protocol {
  return request.headers['x-amz-target'] ? jsonProtocol : queryProtocol;
}
