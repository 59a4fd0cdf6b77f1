/** The words of `desk/offers`. */
export const offers = {
  label: 'Offers',
  title: (name: string) => `${name} is offered to you`,
  secondsLeft: (seconds: number) => (seconds === 1 ? '1 second left to accept' : `${seconds} seconds left to accept`),
  waited: 'waiting',
  accept: 'Accept',
  decline: 'Decline',
  why: (reason: string) => `Why you: ${reason}`,
  notice: (name: string) => `${name} waits for you`,
  message: (name: string) => `${name} wrote`,
  waitingCount: (count: number) => `${count} waiting`,
}
