import type { Store } from './database.ts';
import { addPeople, hasAdmin, type PersonRecord, readPerson, readSome, writePeople } from './people.ts';
import { type PlaceRecord, readPlace, readPlaces, readPlacesOf, writeMembers, writePlace } from './places.ts';

export type { PersonRecord, PlaceRecord };

/** One platform's view of who and where. Saving replaces what was known. */
export type Directory = {
  person(tenant: string, id: string): Promise<PersonRecord | undefined>;
  savePerson(tenant: string, person: PersonRecord): Promise<void>;
  /** Those of them who are known, in no order. */
  people(tenant: string, ids: string[]): Promise<PersonRecord[]>;
  /** Adds those who are not known yet, and leaves the others as they are. */
  addPeople(tenant: string, people: PersonRecord[]): Promise<void>;
  /** Saves all of them or none. */
  savePeople(tenant: string, people: PersonRecord[]): Promise<void>;
  place(tenant: string, id: string): Promise<PlaceRecord | undefined>;
  savePlace(tenant: string, place: PlaceRecord): Promise<void>;
  /** All places that Belay has seen in this workspace. */
  places(tenant: string): Promise<PlaceRecord[]>;
  /** These people are in this place, and nobody else. */
  saveMembers(tenant: string, place: string, people: string[]): Promise<void>;
  /** The places that this person was last seen in. */
  placesOf(tenant: string, person: string): Promise<PlaceRecord[]>;
  /** Whether anybody administers this workspace, by the platform's word. */
  hasAdmin(tenant: string): Promise<boolean>;
};

/** What one platform knows of people and places, each call in a transaction of its own. */
export function directory(store: Store, platform: string): Directory {
  return {
    person: (tenant, id) => readPerson(store.db, platform, tenant, id),
    savePerson: (tenant, person) => store.transact((tx) => writePeople(tx, platform, tenant, [person])),
    people: (tenant, ids) => readSome(store.db, platform, tenant, ids),
    addPeople: (tenant, people) => store.transact((tx) => addPeople(tx, platform, tenant, people)),
    savePeople: (tenant, people) => store.transact((tx) => writePeople(tx, platform, tenant, people)),
    place: (tenant, id) => readPlace(store.db, platform, tenant, id),
    savePlace: (tenant, place) => store.transact((tx) => writePlace(tx, platform, tenant, place)),
    places: (tenant) => readPlaces(store.db, platform, tenant),
    saveMembers: (tenant, place, people) =>
      store.transact((tx) => writeMembers(tx, { platform, tenant, place }, people)),
    placesOf: (tenant, person) => readPlacesOf(store.db, platform, tenant, person),
    hasAdmin: (tenant) => hasAdmin(store.db, platform, tenant),
  };
}
