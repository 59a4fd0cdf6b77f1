import type { BacktestCourse } from '#ui/backtest.ts'
import { useEditor } from '../document/store.ts'
import { useTeams } from '../inspector/people.ts'
import { courseInWords, type CourseWords } from './course.ts'

/** Courses in words, with the names of the open flow and of the server's teams. */
export function useCourseWords(): (course: BacktestCourse) => CourseWords {
  const document = useEditor((state) => state.document)
  const teams = useTeams()
  return (course) => courseInWords(course, document, teams)
}
