import { Stack } from './stack';
import { StackIdentity } from '../template/pseudo-parameters';
import { TemplateError } from '../template/template-error';

type Place = Pick<StackIdentity, 'accountId' | 'region'>;

/** The stacks of all accounts and Regions. */
export class Stacks {
  private readonly stacks = new Set<Stack>();

  get all(): readonly Stack[] {
    return [...this.stacks];
  }

  add(stack: Stack): void {
    this.stacks.add(stack);
  }

  remove(stack: Stack): void {
    this.stacks.delete(stack);
  }

  in({ accountId, region }: Place): readonly Stack[] {
    return this.all.filter(({ identity }) => identity.accountId === accountId && identity.region === region);
  }

  find(stackName: string, place: Place): Stack | undefined {
    return this.in(place).find(({ identity }) => identity.stackName === stackName);
  }

  findByName(stackName: string): Stack | undefined {
    const found = this.all.filter(({ identity }) => identity.stackName === stackName);
    if (found.length > 1) {
      const places = found.map(({ identity }) => `${identity.accountId}/${identity.region}`).join(', ');
      throw new TemplateError(`Several stacks are called ${stackName}: in ${places}. Name the one by its account and Region.`);
    }
    return found[0];
  }
}
