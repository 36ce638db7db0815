/** What is made for a Region, made once: each client of a service begins with its own configuration and connection. */
export function perRegion<Gateway>(make: (region: string) => Gateway): (region: string) => Gateway {
  const made = new Map<string, Gateway>();
  return (region) => {
    const gateway = made.get(region) ?? make(region);
    made.set(region, gateway);
    return gateway;
  };
}
