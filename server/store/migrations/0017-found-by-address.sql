-- All that is kept of a customer is found by an address, too, without reading all conversations.
--
-- Law, added to those before:
--   39. Every way in which a customer is found (`conversationsOf` in server/operation/customers.ts) has an index. The
--       profile's address is in one only where `customer_key` is another: an event of anybody else writes nothing to it.

-- Only what `jsonText` wrote is in that column: it can be read at any time, and reads the same.
create function baton.email_in(p_customer text) returns text language sql immutable parallel safe as $$
  select lower(p_customer::json->>'email')
$$;
create index conversations_by_email on baton.conversations (baton.email_in(customer))
  where baton.email_in(customer) is not null and customer_key is distinct from baton.email_in(customer);
create index tickets_by_email on baton.tickets (lower(email)) where email is not null;

-- An id may be a number, and an empty one is none.
update baton.conversations set customer_key = lower(coalesce(nullif(customer::json->>'id', ''), customer::json->>'email'))
  where customer_key is null and (customer::json->>'id' <> '' or customer::json->>'email' <> '');
