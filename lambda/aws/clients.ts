import type { CLIENT_CONFIGURATION } from './client-configuration';

/** Whose calls a client makes. */
export interface ClientCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface ServiceClient<Client> {
  new(configuration: typeof CLIENT_CONFIGURATION & { readonly region: string; readonly credentials?: ClientCredentials }): Client;
}

/**
 * The clients of one identity. Each is made when it is first needed and kept with its configuration and connections: a function takes one request
 * after the other (Best practices for working with AWS Lambda functions, AWS Lambda developer guide).
 */
export class Clients {
  private readonly made: { readonly region: string; readonly client: unknown }[] = [];

  /** Credentials are those of another account, if it is not that of the function. */
  constructor(private readonly credentials?: ClientCredentials) {}

  of<Client>(Service: ServiceClient<Client>, region: string, configuration: typeof CLIENT_CONFIGURATION): Client {
    for (const { region: itsRegion, client } of this.made) {
      if (itsRegion === region && client instanceof Service) {
        return client;
      }
    }
    const client = new Service({ ...configuration, region, credentials: this.credentials });
    this.made.push({ region, client });
    return client;
  }
}
