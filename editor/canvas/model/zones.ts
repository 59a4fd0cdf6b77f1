/** The phases as areas behind the cards, as pictures have them too. */
export { zonesOf, ZONE_PADDING, type Standing, type Zone } from '#engine/export/picture/zones.ts'
