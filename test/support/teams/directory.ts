import type { Directory, PersonRecord, PlaceRecord } from '../../../src/store/directory.ts';

/** A directory in memory, open to look into. */
export function memoryDirectory() {
  const people = new Map<string, PersonRecord>();
  const places = new Map<string, PlaceRecord>();
  const members = new Map<string, string[]>();
  const directory: Directory = {
    person: async (tenant, id) => people.get(`${tenant} ${id}`),
    savePerson: async (tenant, person) => void people.set(`${tenant} ${person.id}`, person),
    people: async (tenant, ids) => ids.flatMap((id) => people.get(`${tenant} ${id}`) ?? []),
    addPeople: async (tenant, some) => {
      for (const person of some) {
        const key = `${tenant} ${person.id}`;
        if (!people.has(key)) people.set(key, person);
      }
    },
    savePeople: async (tenant, some) => {
      for (const person of some) people.set(`${tenant} ${person.id}`, person);
    },
    place: async (tenant, id) => places.get(`${tenant} ${id}`),
    savePlace: async (tenant, place) => void places.set(`${tenant} ${place.id}`, place),
    places: async () => [...places.values()],
    saveMembers: async (tenant, place, some) => void members.set(`${tenant} ${place}`, some),
    placesOf: async (tenant, person) =>
      [...places.values()].filter(({ id }) => members.get(`${tenant} ${id}`)?.includes(person)),
    hasAdmin: async () => [...people.values()].some(({ admin }) => admin),
  };
  return { directory, people, places, members };
}
